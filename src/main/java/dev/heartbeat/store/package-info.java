/** What do we know? Versioned states and the outbox of transitions, in memory or in Redis; knows no rules. */
package dev.heartbeat.store;

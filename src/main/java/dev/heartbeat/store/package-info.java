/** What do we know? Versioned states and the outbox of transitions, in memory, Redis or PostgreSQL; knows no rules. */
package dev.heartbeat.store;

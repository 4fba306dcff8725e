/** What did we hear? Takes messages by demand, folds them into the store, and acknowledges what the store has. */
package dev.heartbeat.receive;

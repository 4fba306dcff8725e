/** Tells the other side: makes heartbeats of rounds, keeps the newest while the link is down, and sends them in order. */
package dev.heartbeat.publish;

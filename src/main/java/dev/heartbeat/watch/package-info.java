/** Silence, transitions, what is news: the dead-man switch and those who announce. */
package dev.heartbeat.watch;

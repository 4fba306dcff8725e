/**
 * Is it alive? Turns the targets file's entries into checks, and asks them in rounds: side by side, every target answered for,
 * never late.
 */
package dev.heartbeat.probe;

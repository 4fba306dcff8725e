/**
 * What is said: targets, outcomes, observations, heartbeats, states; the pure state machine that turns heartbeats and
 * silence into health; and the codecs and file readers that turn text into these records and back. Imports nothing of
 * ours and no framework, reads no clock, does no I/O: time is always an argument.
 */
package dev.heartbeat.model;

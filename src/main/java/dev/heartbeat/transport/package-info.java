/**
 * What carries heartbeats: connectors for RabbitMQ and for memory behind the channels heartbeats-out and heartbeats-in,
 * topology, trust.
 */
package dev.heartbeat.transport;

/** Real services for tests, started from what the machine has installed, and the certificates that they present. */
package dev.heartbeat.services;

/** What is shown of state. */
package dev.heartbeat.web;

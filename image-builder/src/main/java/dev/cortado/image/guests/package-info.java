/**
 * Guests that run in the background: their records in a user's state directory, and how they are
 * started, asked to end and forgotten. Nothing of Cortado's stays while they run.
 */
package dev.cortado.image.guests;

/** Runs JUnit in a guest, and has its tests compiled into the image. */
package dev.cortado.system.guest.launcher;

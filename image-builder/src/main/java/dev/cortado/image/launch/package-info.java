/** Which classes a Java launcher starts, and why it does not start others. */
package dev.cortado.image.launch;

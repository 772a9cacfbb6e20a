/** What becomes of each native method of the JDK: a table, which {@code NATIVES.md} shows. */
package dev.cortado.runtime.natives;

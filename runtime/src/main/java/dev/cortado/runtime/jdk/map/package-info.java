/** Mapped files in a guest: how programs' accesses come to {@link dev.cortado.runtime.file.map}. */
package dev.cortado.runtime.jdk.map;

/**
 * JUnit tests that run in a guest. What is called {@code *Test} is found, compiled into the image
 * and run; the tests must pass on HotSpot too, but for those of the kernel itself, which it skips.
 */
package dev.cortado.system.guest.suite;

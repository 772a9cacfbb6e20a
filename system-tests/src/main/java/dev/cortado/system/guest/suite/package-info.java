/**
 * JUnit tests that run in a guest. What is called {@code *Test} is found, compiled into the image
 * and run; the tests must pass on HotSpot too.
 */
package dev.cortado.system.guest.suite;

package dev.cortado.runtime.configuration;

/**
 * A value, and who says so.
 *
 * @param source for people
 */
public record Sourced<T>(T value, String source) {}

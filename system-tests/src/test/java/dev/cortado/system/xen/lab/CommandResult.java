package dev.cortado.system.xen.lab;

/**
 * How a command in dom0 ended.
 *
 * @param output what it wrote to standard output and standard error
 */
public record CommandResult(int exitCode, String output) {}

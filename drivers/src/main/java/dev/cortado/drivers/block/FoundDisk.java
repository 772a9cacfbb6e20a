package dev.cortado.drivers.block;

/**
 * A disk of the machine, in use.
 *
 * @param name as Linux gives it: vda, xvda
 * @param serialNumber that its owner gave it; may be empty
 */
public record FoundDisk(String name, String serialNumber, BlockDevice device) {}

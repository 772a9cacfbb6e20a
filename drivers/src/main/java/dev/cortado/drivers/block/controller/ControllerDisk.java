package dev.cortado.drivers.block.controller;

import dev.cortado.drivers.block.RestartableBlockDevice;

/**
 * A disk that a controller has.
 *
 * @param place where it has it, in words: the same in each life of the driver
 */
public record ControllerDisk(String place, RestartableBlockDevice.Life disk) {}

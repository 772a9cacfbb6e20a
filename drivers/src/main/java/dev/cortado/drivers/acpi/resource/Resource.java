package dev.cortado.drivers.acpi.resource;

/** One descriptor of a resource template. */
public sealed interface Resource
        permits PortRange, MemoryRange, AddressRange, Interrupts, OtherResource {}

package dev.cortado.drivers.acpi.aml;

/** Where to go on after a statement. */
enum Flow {
    NEXT,
    BREAK,
    CONTINUE,
    RETURN
}

/** General purpose events, and what AML has to say of devices then. */
package dev.cortado.drivers.acpi.event;

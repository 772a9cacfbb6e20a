/**
 * xenbus: how the two halves of a device find and follow each other through xenstore. {@link
 * dev.cortado.drivers.xen.bus.XenBus} finds devices and gives them to the {@link
 * dev.cortado.drivers.xen.bus.BusDriver} for their type; {@link
 * dev.cortado.drivers.xen.bus.NextStep} is the state machine.
 */
package dev.cortado.drivers.xen.bus;

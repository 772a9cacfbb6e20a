/**
 * Intel's gigabit cards: 82540EM and 82545EM (PCI/PCI-X Family of Gigabit Ethernet Controllers
 * Software Developer's Manual, 317453: "SDM"), and 82574L (82574 GbE Controller Family Datasheet,
 * 318694: "82574").
 */
package dev.cortado.drivers.intel;

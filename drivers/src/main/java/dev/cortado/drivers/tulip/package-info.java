/**
 * DEC's fast Ethernet controllers 21143 (21143 PCI/CardBus 10/100Mb/s Ethernet LAN Controller
 * Hardware Reference Manual, EC-QWC4F-TE: "HRM") and 21140A, whose registers are the same as far as
 * they are used here, with a PHY on their MII (IEEE 802.3, 22).
 */
package dev.cortado.drivers.tulip;

/**
 * Devices that send and receive Ethernet frames, whatever bus they are on: {@link
 * dev.cortado.drivers.network.NetworkDevice} is what their users see, {@link
 * dev.cortado.drivers.network.NetworkBuffer} what goes from one side to the other. Nothing is
 * allocated on a packet's way.
 */
package dev.cortado.drivers.network;

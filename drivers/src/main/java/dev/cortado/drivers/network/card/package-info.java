/**
 * Drivers of network cards with one ring for each direction: {@link
 * dev.cortado.drivers.network.card.CardDriver} is what they have in common, {@link
 * dev.cortado.drivers.network.card.NetworkCard} what each kind has of its own.
 */
package dev.cortado.drivers.network.card;

/** What a guest does on each network card. */
package dev.cortado.system.guest.card;

/** Load for minutes: results are checked all the time, and what is in use at the end. */
package dev.cortado.system.guest.stress;

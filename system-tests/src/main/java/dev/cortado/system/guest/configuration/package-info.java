/** A program that is told something when it boots. */
package dev.cortado.system.guest.configuration;

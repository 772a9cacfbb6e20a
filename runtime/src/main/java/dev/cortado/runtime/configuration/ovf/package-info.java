/** The environment that a virtualization platform gives to a guest of an OVF package. */
package dev.cortado.runtime.configuration.ovf;

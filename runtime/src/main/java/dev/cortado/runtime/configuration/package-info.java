/**
 * What a guest is told when it boots, by whoever starts the machine: a program's arguments, system
 * properties and environment, network interfaces, mounts, and files to be written. {@link
 * dev.cortado.runtime.configuration.BootConfiguration} is what one source says, {@link
 * dev.cortado.runtime.configuration.CombinedConfiguration} what counts of all of them. The packages
 * below read the forms that there are.
 *
 * <p>But for the package {@code guest}, nothing here knows a machine. All that is read is bounded
 * ({@link dev.cortado.runtime.configuration.Limits}). An item that is no good is left out, with a
 * line that names the source, the place in it, and why; what is beside it counts.
 */
package dev.cortado.runtime.configuration;

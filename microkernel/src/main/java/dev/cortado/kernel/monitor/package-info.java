/** The monitor: looks at a running guest from its console, with or without the program's help. */
package dev.cortado.kernel.monitor;

/** Settings by names, as hypervisors hand them to guests: a name, and a text. */
package dev.cortado.runtime.configuration.named;

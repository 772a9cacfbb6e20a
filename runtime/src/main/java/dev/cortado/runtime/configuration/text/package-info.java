/** Texts that configurations consist of, and how they are wrapped. */
package dev.cortado.runtime.configuration.text;

/** Standard output, error and input on whichever device a driver offers. */
package dev.cortado.kernel.console;

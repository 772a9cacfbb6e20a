/** The whole stack, put together. */
package dev.cortado.runtime.net.stack;

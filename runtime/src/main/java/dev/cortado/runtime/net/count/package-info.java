/** What was dropped and why, and what has gone through. */
package dev.cortado.runtime.net.count;

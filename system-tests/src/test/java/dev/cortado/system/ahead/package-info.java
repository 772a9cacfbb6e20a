/** Which images all tests together need. */
package dev.cortado.system.ahead;

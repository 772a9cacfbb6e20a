/** Numbers that others cannot guess. What is random comes from the stack's RandomGenerator. */
package dev.cortado.runtime.net.random;

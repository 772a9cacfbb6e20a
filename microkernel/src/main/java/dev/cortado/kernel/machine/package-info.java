/** The machine as a whole: how many CPUs it has and how it ends. */
package dev.cortado.kernel.machine;

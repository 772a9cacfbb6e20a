/** What is measured from inside: programs that {@code ./bench} builds images of. */
package dev.cortado.benchmarks.guest;

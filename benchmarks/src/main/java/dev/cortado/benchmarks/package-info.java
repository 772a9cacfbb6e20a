/** What {@code ./bench} runs: every figure beside a peer or a floor, in one run. */
package dev.cortado.benchmarks;

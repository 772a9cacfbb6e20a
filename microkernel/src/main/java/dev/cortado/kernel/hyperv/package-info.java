/**
 * What Hyper-V does for a guest that knows it (Microsoft's "Hypervisor Top Level Functional
 * Specification", TLFS), and hypervisors that do likewise: time, timers, and interrupts.
 */
package dev.cortado.kernel.hyperv;

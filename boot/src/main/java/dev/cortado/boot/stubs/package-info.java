/**
 * The code that runs before Java and below it, written with {@link dev.cortado.boot.x86.Assembler}.
 *
 * <p>From the loader to Java: {@link dev.cortado.boot.stubs.MultibootEntry} makes of what GRUB
 * tells what a PVH loader would, {@link dev.cortado.boot.stubs.PvhEntry} checks who called and what
 * the machine is, {@link dev.cortado.boot.stubs.EarlyPageTables} maps enough to go on, {@link
 * dev.cortado.boot.stubs.LongMode} takes the CPU to 64 bits, {@link
 * dev.cortado.boot.stubs.KernelStart} installs the interrupt gates and calls the kernel. After
 * that, Java calls {@link dev.cortado.boot.stubs.PortStubs}, {@link
 * dev.cortado.boot.stubs.CpuStubs}, {@link dev.cortado.boot.stubs.InterruptFlagStubs} and {@link
 * dev.cortado.boot.stubs.ContextSwitch}, and is called by {@link
 * dev.cortado.boot.stubs.InterruptVectors}. Further CPUs come in through {@link
 * dev.cortado.boot.stubs.ProcessorStart}.
 *
 * <p>Each class appends one concern to a {@link dev.cortado.boot.stubs.StubSections}; {@link
 * dev.cortado.boot.stubs.BootObject} calls them all. Names of symbols that the kernel or the linker
 * knows are in {@link dev.cortado.boot.layout}; the others are constants of the class that defines
 * them.
 *
 * <p>"SDM" is the Intel 64 and IA-32 Architectures Software Developer's Manual; sections go by the
 * edition of 2023 (325462-080US).
 */
package dev.cortado.boot.stubs;

package dev.cortado.benchmarks;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** How a machine comes to run a file. */
enum BootWay {
    /** QEMU's loader enters an ELF file as PVH says. */
    PVH("microvm"),

    /** QEMU's BIOS starts it as a Linux. */
    BZIMAGE("microvm"),

    /** GRUB starts what is on a disc with it: our kernels by Multiboot2. */
    GRUB("q35"),

    /** SeaBIOS starts a disk. */
    BIOS("q35"),

    /** OVMF starts a disk. */
    UEFI("q35");

    private static final String FIRMWARE = "/usr/share/OVMF/OVMF_%s_4M.fd";

    private final String machine;

    BootWay(String machine) {
        this.machine = machine;
    }

    /** In names of figures. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * QEMU's command line.
     *
     * @param initialRamDisk null if there is none, and where the file has it
     */
    List<String> command(Path file, Path initialRamDisk, String commandLine, int megabytes) {
        List<String> command = new ArrayList<>();
        command.addAll(List.of("qemu-system-x86_64", "-machine", machine));
        command.addAll(List.of("-accel", "tcg", "-cpu", "max", "-m", String.valueOf(megabytes)));
        command.addAll(List.of("-nodefaults", "-no-user-config", "-no-reboot", "-display", "none"));
        command.addAll(List.of("-serial", "stdio"));
        command.addAll(List.of("-device", "isa-debug-exit,iobase=0xf4,iosize=0x04"));
        switch (this) {
            case PVH, BZIMAGE -> {
                command.addAll(List.of("-kernel", file.toString()));
                if (initialRamDisk != null) {
                    command.addAll(List.of("-initrd", initialRamDisk.toString()));
                }
                if (!commandLine.isEmpty()) {
                    command.addAll(List.of("-append", commandLine));
                }
            }
            case GRUB -> command.addAll(List.of("-cdrom", file.toString()));
            case BIOS -> command.addAll(disk(file));
            case UEFI -> {
                command.addAll(disk(file));
                command.addAll(flash(0, "CODE", "readonly=on"));
                command.addAll(flash(1, "VARS", "snapshot=on"));
            }
        }
        return command;
    }

    private static List<String> disk(Path file) {
        return List.of(
                "-drive",
                "if=none,id=boot,format=raw,snapshot=on,file=" + file,
                "-device",
                "ide-hd,drive=boot,bootindex=0");
    }

    private static List<String> flash(int unit, String what, String option) {
        return List.of(
                "-drive",
                "if=pflash,format=raw,unit=%d,%s,file=%s"
                        .formatted(unit, option, FIRMWARE.formatted(what)));
    }
}

package dev.cortado.maven;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MavenWordsTest {
    @ParameterizedTest
    @CsvSource({
        "correct --main-class,correct <mainClass>",
        "choose another --output: there,choose another <image>: there",
        "(more with --verbose),(more with -Dcortado.verbose)",
        "--cpus must be at least 1,-Dcortado.cpus must be at least 1",
        "such as --connect qemu:///system,such as -Dcortado.connect=qemu:///system",
        "add --on libvirt,add -Dcortado.on=libvirt",
        "run it with --on xen; or,run it with -Dcortado.on=xen; or",
        "build it with --target qemu,build it with <targets> qemu",
        "--format ova takes a disk,<formats> ova takes a disk",
        "give --gdb-port another number,give -Dcortado.gdb.port another number",
        "--forward 80: write,-Dcortado.forwards 80: write",
        "--disk data.img: there,-Dcortado.disks data.img: there",
        "build it with --with-disks,build it with <withDisks>",
        "--mount /data: write a path,mount /data: write a path",
        "or write --disk a.img:10G to make,or write -Dcortado.disks=a.img:10G to make",
        "not forwarded: add --forward 0:80,not forwarded: add -Dcortado.forwards=0:80",
        "not 8; take --machine q35,not 8; take -Dcortado.machine=q35",
        "--machine and --accelerator are,-Dcortado.machine and -Dcortado.accelerator are",
        "no sense with --net none,no sense with -Dcortado.net none",
    })
    void optionsBecomeParameters(String message, String expected) {
        assertEquals(expected, MavenWords.of(message));
    }

    @Test
    void whatSomebodyElseSaidStays() {
        String message =
                "compiler argument \"--target=x\": no --outputs, no pre--output, --output-x";
        assertEquals(message, MavenWords.of(message));
    }
}

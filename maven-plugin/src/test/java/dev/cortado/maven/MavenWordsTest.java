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
        "run it with --on xen; or,run it with -Dcortado.on=xen; or",
        "build it with --target qemu,build it with <targets> qemu",
        "give --gdb-port another number,give -Dcortado.gdb.port another number",
        "--forward 80: write,-Dcortado.forwards 80: write",
        "--disk data.img: there,-Dcortado.disks data.img: there",
        "build it with --with-disks,build it with <withDisks>",
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

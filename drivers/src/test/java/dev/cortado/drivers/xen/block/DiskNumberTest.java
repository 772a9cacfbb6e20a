package dev.cortado.drivers.xen.block;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class DiskNumberTest {
    /** xen-vbd-interface(7), "Format of the numeric device number". */
    @ParameterizedTest
    @CsvSource({
        "51712, xvda",
        "51713, xvda1",
        "51728, xvdb",
        "51967, xvdp15",
        "268439552, xvdq",
        "268439553, xvdq1",
        "268442112, xvdaa",
        "768, xvda",
        "832, xvdb",
        "5632, xvdc",
        "5696, xvdd",
        "2048, xvda",
        "2064, xvdb",
    })
    void numbersAreDisks(String id, String name) {
        assertEquals(Optional.of(name), DiskNumber.name(id));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "xvda", "-1", "0", "1024", "536870912", "99999999999"})
    void othersAreNot(String id) {
        assertTrue(DiskNumber.name(id).isEmpty());
    }
}

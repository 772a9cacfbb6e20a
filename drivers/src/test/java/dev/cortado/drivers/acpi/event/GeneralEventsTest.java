package dev.cortado.drivers.acpi.event;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cortado.drivers.acpi.AcpiMachine;
import dev.cortado.drivers.acpi.Tables;
import dev.cortado.drivers.acpi.aml.AmlLimits;
import dev.cortado.drivers.acpi.aml.RegionAccess;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class GeneralEventsTest {
    private final EventModel registers = new EventModel();
    private final List<String> heard = new ArrayList<>();
    private final List<String> lines = new ArrayList<>();
    private long now;
    private int loads;

    /** AML's writes to ports are in the registers' log. */
    private final RegionAccess ports =
            new RegionAccess() {
                @Override
                public void writePort(int port, int bytes, long value) {
                    registers.log.add("method writes " + value);
                }
            };

    private GeneralEvents events(byte[]... terms) {
        List<byte[]> tables = List.of(Tables.dsdt(Aml.terms(terms)));
        return new GeneralEvents(
                registers,
                tables,
                host -> {
                    loads++;
                    return AcpiMachine.load(tables, ports, host, AmlLimits.DEFAULT);
                },
                (machine, notice) -> heard.add(notice.node() + " " + notice.value()),
                lines::add,
                () -> now);
    }

    private static byte[] devices() {
        return Aml.terms(
                Aml.scope("_SB_", Aml.device("DEV0"), Aml.device("DEV1")), Aml.port("PORT", 0x600));
    }

    private static byte[] notify(String method, String device, int value) {
        return Aml.method(method, Aml.store(7, "PORT"), Aml.notify("\\._SB_" + device, value));
    }

    @Test
    void methodsRunWhenTheirEventsHappen() {
        GeneralEvents events =
                events(
                        devices(),
                        Aml.scope("_GPE", notify("_E01", "DEV0", 1), notify("_L0A", "DEV1", 3)));
        events.service();
        assertArrayEquals(new int[] {2, 4}, registers.enabled, "what has a method, not more");
        assertEquals(0, loads, "the tables of a machine in which nothing happens");
        registers.status[0] = 2;
        registers.status[1] = 4;
        registers.enabled[0] = 0;
        events.service();
        assertEquals(List.of("\\_SB_.DEV0 1", "\\_SB_.DEV1 3"), heard);
        assertArrayEquals(new int[] {2, 4}, registers.enabled);
        assertEquals(List.of(), lines);
        assertEquals(1, loads);
    }

    /** ACPI 6.5, 5.6.4.1: one that happens meanwhile is not forgotten, and a level has to go. */
    @Test
    void anEdgeIsClearedBeforeItsMethodAndALevelBehindIt() {
        GeneralEvents events =
                events(
                        devices(),
                        Aml.scope("_GPE", notify("_E01", "DEV0", 1), notify("_L0A", "DEV1", 3)));
        registers.status[0] = 2;
        registers.status[1] = 4;
        events.service();
        assertEquals(
                List.of("cleared 2 of 0", "method writes 7", "method writes 7", "cleared 4 of 1"),
                registers.log);
    }

    @Test
    void anEventWhoseMethodFailsIsDisabledAndOthersAreNot() {
        GeneralEvents events =
                events(
                        devices(),
                        Aml.scope(
                                "_GPE",
                                Aml.method(
                                        "_E01", Aml.notify("\\._SB_DEV0", 1), Aml.store(1, "NONE")),
                                notify("_E02", "DEV1", 0)));
        registers.status[0] = 6;
        events.service();
        assertEquals(List.of("\\_SB_.DEV0 1", "\\_SB_.DEV1 0"), heard);
        assertEquals(1, lines.size(), lines::toString);
        assertTrue(lines.getFirst().startsWith("ACPI's event 0x01 is disabled: "), lines::toString);
        assertArrayEquals(new int[] {4, 0}, registers.enabled);
    }

    /** Names may be anything's. */
    @Test
    void whatIsNoMethodOfAnEventIsDisabledWithoutALine() {
        GeneralEvents events = events(devices(), Aml.scope("_SB_", notify("_E01", "DEV0", 1)));
        registers.status[0] = 2;
        events.service();
        assertEquals(List.of(), heard);
        assertEquals(List.of(), lines);
        assertArrayEquals(new int[] {0, 0}, registers.enabled);
    }

    @Test
    void anEventThatIsNeverClearedIsDisabled() {
        GeneralEvents events = events(devices(), Aml.scope("_GPE", notify("_L03", "DEV0", 1)));
        registers.stuck = 8;
        for (int i = 0; i < EventHistory.MOST_AT_ONCE + 10; i++) {
            events.service();
        }
        assertEquals(List.of("ACPI's event 0x03 is disabled: it does not end"), lines);
        assertEquals(EventHistory.MOST_AT_ONCE + 1, heard.size());
        assertArrayEquals(new int[] {0, 0}, registers.enabled);
    }

    @Test
    void anEventThatHappensWithoutAnEndIsDisabled() {
        GeneralEvents events = events(devices(), Aml.scope("_GPE", notify("_E03", "DEV0", 1)));
        for (int i = 0; i < EventHistory.MOST + 10; i++) {
            registers.status[0] = 8;
            events.service();
            now += EventHistory.PERIOD / EventHistory.MOST / 2;
        }
        assertEquals(List.of("ACPI's event 0x03 is disabled: it does not end"), lines);
        assertEquals(EventHistory.MOST, heard.size());
    }

    @Test
    void oneThatTakesItsTimeMayHappenAnyNumberOfTimes() {
        GeneralEvents events = events(devices(), Aml.scope("_GPE", notify("_E03", "DEV0", 1)));
        for (int i = 0; i < 3 * EventHistory.MOST; i++) {
            registers.status[0] = 8;
            events.service();
            now += 2 * EventHistory.PERIOD / EventHistory.MOST;
        }
        assertEquals(List.of(), lines);
        assertEquals(3 * EventHistory.MOST, heard.size());
    }

    /** Until its evaluation has taken too long; each thing that it says is heard once. */
    @Test
    void aMethodThatSaysThingsForEverEnds() {
        GeneralEvents events =
                events(
                        devices(),
                        Aml.scope(
                                "_GPE",
                                Aml.method("_E01", Aml.forEver(Aml.notify("\\._SB_DEV0", 1)))));
        registers.status[0] = 2;
        events.service();
        assertEquals(List.of("\\_SB_.DEV0 1"), heard);
        assertEquals(1, lines.size(), lines::toString);
    }

    /** Who deals with something that is said causes the next. */
    @Test
    void whatIsSaidWithoutAnEndIsHeardSoOftenAndNotMore() {
        List<byte[]> tables =
                List.of(
                        Tables.dsdt(
                                Aml.terms(
                                        devices(), Aml.scope("_GPE", notify("_E01", "DEV0", 1)))));
        GeneralEvents events =
                new GeneralEvents(
                        registers,
                        tables,
                        host -> AcpiMachine.load(tables, ports, host, AmlLimits.DEFAULT),
                        (machine, notice) -> {
                            heard.add(notice.node() + " " + notice.value());
                            try {
                                machine.interpreter()
                                        .evaluate(
                                                machine.interpreter()
                                                        .root()
                                                        .child("_GPE")
                                                        .child("_E01"));
                            } catch (Exception e) {
                                throw new AssertionError(e);
                            }
                        },
                        lines::add,
                        () -> now);
        registers.status[0] = 2;
        events.service();
        assertEquals(Notices.MOST, heard.size());
        assertEquals(List.of("ACPI tells of devices without an end: not all is looked at"), lines);
    }

    @Test
    void withoutSoundTablesNothingIsEnabled() {
        List<byte[]> tables = List.of("_E01".getBytes());
        GeneralEvents events =
                new GeneralEvents(
                        registers,
                        tables,
                        host -> AcpiMachine.load(tables, ports, host, AmlLimits.DEFAULT),
                        (machine, notice) -> heard.add("something"),
                        lines::add,
                        () -> now);
        registers.status[0] = 2;
        events.service();
        assertEquals(1, lines.size(), lines::toString);
        assertArrayEquals(new int[] {0, 0}, registers.enabled);
        assertEquals(List.of(), heard);
    }
}

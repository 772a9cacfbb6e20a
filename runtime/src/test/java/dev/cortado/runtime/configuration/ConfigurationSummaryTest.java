package dev.cortado.runtime.configuration;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

final class ConfigurationSummaryTest {
    @Test
    void partsAndWhoSaysThem() {
        ConfigurationSummary summary = new ConfigurationSummary();
        assertEquals("nothing", summary.toString());
        summary.add("argument", "arguments", List.of());
        summary.add("property", "properties", List.of("fw_cfg", "OVF", "fw_cfg"));
        summary.add("file", "files", List.of("OVF"));
        assertEquals("3 properties by fw_cfg, OVF; 1 file by OVF", summary.toString());
    }
}

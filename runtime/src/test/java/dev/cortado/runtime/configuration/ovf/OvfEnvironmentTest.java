package dev.cortado.runtime.configuration.ovf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cortado.runtime.configuration.ConfigurationException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class OvfEnvironmentTest {
    private static final String NAMESPACE = "http://schemas.dmtf.org/ovf/environment/1";

    private static Map<String, String> read(String text) throws ConfigurationException {
        return OvfEnvironment.properties(text.getBytes(StandardCharsets.UTF_8), "ovf-env.xml");
    }

    private static String environment(String inside) {
        return "<Environment xmlns='%s' xmlns:e='%s'>\n%s</Environment>"
                .formatted(NAMESPACE, NAMESPACE, inside);
    }

    /** The example of DSP0243, section 11. */
    @Test
    void theMachinesOwnPropertiesAreRead() throws ConfigurationException {
        String text =
                """
                <?xml version="1.0" encoding="UTF-8"?>
                <Environment xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
                    xmlns:ovfenv="http://schemas.dmtf.org/ovf/environment/1"
                    xmlns="http://schemas.dmtf.org/ovf/environment/1"
                    ovfenv:id="identification of virtual machine from OVF descriptor">
                  <PlatformSection>
                    <Kind>Type of virtualization platform</Kind>
                    <Version>Version of virtualization platform</Version>
                  </PlatformSection>
                  <PropertySection>
                    <Property ovfenv:key="key1" ovfenv:value="value &amp; 1"/>
                    <Property ovfenv:key="com.example.port" ovfenv:value=""/>
                  </PropertySection>
                  <Entity ovfenv:id="id of sibling virtual machine">
                    <PropertySection>
                      <Property ovfenv:key="key1" ovfenv:value="the sibling's"/>
                    </PropertySection>
                  </Entity>
                </Environment>
                """;
        assertEquals(Map.of("key1", "value & 1", "com.example.port", ""), read(text));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'' | ovf-env.xml, line 1: ",
                "'<Environment>' | ovf-env.xml, line 1: it is no Environment of",
                "'<a xmlns=\"http://schemas.dmtf.org/ovf/environment/1\"/>' | ovf-env.xml, line 1:",
                "'<?xml version=\"1.0\"?>\n<!DOCTYPE a [<!ENTITY b \"c\">]>\n<a>&b;</a>'"
                        + " | ovf-env.xml, line 2: document types",
                "'<!DOCTYPE a SYSTEM \"file:///etc/passwd\"><a/>' | ovf-env.xml, line 1: document",
            })
    void whatIsNoEnvironmentIsRefusedWithItsPlace(String text, String message) {
        ConfigurationException e = assertThrows(ConfigurationException.class, () -> read(text));
        assertTrue(e.getMessage().startsWith(message), e.getMessage());
        assertEquals(1, e.getMessage().lines().count());
    }

    @Test
    void badEnvironmentsAreRefused() {
        String section = "<PropertySection>%s</PropertySection>";
        String incomplete = environment(section.formatted("<Property e:key='a'/>"));
        assertThrows(ConfigurationException.class, () -> read(incomplete));
        String many =
                environment(section.formatted("<Property e:key='a' e:value='b'/>\n".repeat(3)));
        for (int cut = 0; cut < many.length(); cut++) {
            String part = many.substring(0, cut);
            assertThrows(ConfigurationException.class, () -> read(part));
        }
        String deep = environment("<a>".repeat(50) + "</a>".repeat(50));
        assertTrue(
                assertThrows(ConfigurationException.class, () -> read(deep))
                        .getMessage()
                        .contains("more than 32 elements"));
    }

    @Test
    void propertiesElsewhereAreNone() throws ConfigurationException {
        assertEquals(Map.of(), read(environment("<Property e:key='a' e:value='b'/>")));
        assertEquals(
                Map.of(),
                read(
                        environment(
                                "<Other><Property e:key='a' e:value='b'/></Other>"
                                        + "<PropertySection><x><Property e:key='a' e:value='b'/>"
                                        + "</x></PropertySection>")));
    }
}

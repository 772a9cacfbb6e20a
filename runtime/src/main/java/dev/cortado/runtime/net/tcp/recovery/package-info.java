/**
 * What was sent, what of it has arrived, and what is taken for lost: SACK (RFC 2018, 6675),
 * RACK-TLP (RFC 8985), F-RTO (RFC 5682), Eifel (RFC 3522) and the retransmission timer (RFC 6298).
 */
package dev.cortado.runtime.net.tcp.recovery;

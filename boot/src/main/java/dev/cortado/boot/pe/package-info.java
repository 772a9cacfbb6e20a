/**
 * An executable for UEFI: a PE32+ file (Microsoft Portable Executable and Common Object File Format
 * Specification, revision 11), and its signature (Microsoft's "Windows Authenticode Portable
 * Executable Signature Format", 2008).
 */
package dev.cortado.boot.pe;

<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">
  <!-- SPDX-License-Identifier: GPL-3.0-or-later -->
  <xsl:import href="http://127.0.0.1:@TCP@/@CASE@/xsl-import"/>
  <xsl:template match="/"><p><xsl:copy-of select="document('http://document.@CASE@.hostile.test/')"/></p></xsl:template>
</xsl:stylesheet>

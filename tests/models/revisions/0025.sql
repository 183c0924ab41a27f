UPDATE board SET nation = 'Scotland', opened = '[["2020-11-30", "2020-11-30", ""]]'
